"""What results say: summaries, comparisons, sensitivity, discovery, queries."""
