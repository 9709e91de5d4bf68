"""What is true: worlds and their bible."""
