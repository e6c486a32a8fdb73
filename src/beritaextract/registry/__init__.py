"""Officials across articles: who held which post when, persons merged, homonyms kept apart."""
