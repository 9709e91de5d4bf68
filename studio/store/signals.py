"""What happens to rows as a whole, for whoever keeps something derived from them."""

from django.dispatch import Signal

# All rows were replaced at once, as by a restore: what was derived from them must be made anew.
rows_replaced = Signal()
