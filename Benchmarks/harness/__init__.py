"""What `scripts/bench-peers` is made of: rules and texts from a seed, tools, measurements, report."""
