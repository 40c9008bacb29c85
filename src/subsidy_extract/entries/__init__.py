"""From tables to programmes: headings understood, sections, merged and ditto cells resolved, cards."""
