"""What other trackers write, and what they can read of ours. A file each; none of them writes a row."""
