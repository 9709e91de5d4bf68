"""What was decided on versions, and how it was before: the history of picks, and the way back."""

from django.db import models, transaction

from .image import Image
from .version import Version


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def of_picks(self, image: Image) -> "DecisionQuerySet":
        """Those that changed a picture's pick, the newest first, with the pick they led to."""
        changed = ~models.Q(pick_before=models.F("pick_after"))
        first = models.Q(pick_before=None, pick_after__isnull=False)
        last = models.Q(pick_before__isnull=False, pick_after=None)
        rows = self.filter(changed | first | last, image=image)
        return rows.select_related("pick_after", "pick_before").order_by("-pk")


class Decision(models.Model):
    """One decision on a version: what the pick and the version's state were, and became."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="decisions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="decisions")
    pick_before = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    pick_after = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    state_before = models.CharField(max_length=8, choices=Version.State)
    state_after = models.CharField(max_length=8, choices=Version.State)
    created = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["image", "pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.state_after}"

    def undo(self) -> bool:
        """As if it had not been; False when the picture has been decided on anew since."""
        with transaction.atomic():
            image = Image.objects.select_for_update().get(pk=self.image_id)
            last = image.decisions.order_by("-pk").first()
            version = image.versions.filter(pk=self.version_id).first()
            if last is None or last.pk != self.pk or version is None:
                return False
            if (image.pick_id, version.state) != (self.pick_after_id, self.state_after):
                return False
            image.pick_id = self.pick_before_id
            image.save(update_fields=["pick"])
            version.state = self.state_before
            version.save(update_fields=["state"])
            self.delete()
            return True
