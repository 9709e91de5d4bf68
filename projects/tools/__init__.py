"""What makes it: tools, and what each can do yet, as tested."""
