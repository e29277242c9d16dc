"""Held against what happened: targets, scores, baselines, calibration cards, locked forecasts."""
