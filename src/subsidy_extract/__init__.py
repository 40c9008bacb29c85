"""From the published list of subsidies (補助金・助成金一覧) to a dataset that can be trusted."""

__version__ = "0.1.0"
