"""What the site holds: its pages, the views that layouts print, exports and feeds."""
