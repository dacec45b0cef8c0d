"""The commands beside build and preview: check, publish, accounts of an archive, a new site."""
