"""From a PDF to tables: engines see glyphs and rules, geometry finds grids, stitch makes rows whole over pages."""
