"""The rules as a program of some thirty instructions, and the compiled machine that executes it over lanes."""
