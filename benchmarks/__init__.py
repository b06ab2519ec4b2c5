"""What touchline costs, in ratios against named baselines of the same run."""
