"""A person's coding of a video beside the model's labels: reading it, and how far they agree."""
