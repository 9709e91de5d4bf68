"""What was made: pictures and their versions."""
