"""What makes it: tools and what each can do yet. Rows come with the next issue."""
