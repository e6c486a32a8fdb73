"""How a person sees records: tables on a terminal (``terminal``), a view in a notebook (``view``), displaCy's marks (``ent``)."""
