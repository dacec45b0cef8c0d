"""What every room may stand on: settings, disk, processes, dates, errors; nothing of papers."""
