"""PostgreSQL behind the second fence: the connection, and the policies it leans on."""
