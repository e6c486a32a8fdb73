"""What each stage added to an article and why: the rules, and the candidates and scores of each choice (docs/explain.md)."""
