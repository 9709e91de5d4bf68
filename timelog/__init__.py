"""The hours: one clock, entries, balance, milestones."""
