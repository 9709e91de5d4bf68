"""What followers see. Its pages come with the next issue; its place in the house is fixed."""
