"""The commands beside `build` and `serve`. None knows another.

check/       the links, ids and limits of a built site
accounts/    the health of the archive: `check --archive`
publish/     the site to its place, through rclone
scaffold.py  `init`: a site around digests that are there
survey.py    which files of a folder are digests
explain.py   how a digest is read: `init --explain`
volumes.py   whether volumes are in step: `check --volumes`
"""
