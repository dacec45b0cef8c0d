"""The tests of Dayleaf; they mirror its modules."""
