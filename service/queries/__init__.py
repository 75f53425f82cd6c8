"""The reads: what the edges show. They never write, and the database would refuse them."""
