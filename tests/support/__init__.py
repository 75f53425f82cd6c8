"""What tests need around the service: a PostgreSQL, a browser, a server."""
