"""What an archive says: papers, their ids, names, categories and venues, and the rules for them."""
