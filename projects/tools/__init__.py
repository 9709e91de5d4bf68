"""What makes it: tools, what each can do, when that was last tried. Rows come with the next issue."""
