"""What the curators' desk says."""
