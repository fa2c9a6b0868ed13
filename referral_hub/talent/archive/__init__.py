"""What is known of a person of the pool: read from HRMS when somebody looks (`reading`), and every contact since (`contacts`)."""
