"""What everything keeps: bytes (Blob), slow work (Job) and settings (Setting)."""
