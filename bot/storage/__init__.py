"""What is kept between two starts: the database, its tables, and one file a store."""
