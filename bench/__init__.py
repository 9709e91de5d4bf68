"""What is fast enough: ratios measured in one run, printed beside their limits, never asserted."""
