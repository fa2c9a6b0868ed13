"""What others reached on a path: counted from HRMS every night (`counting`), kept in Path Evidence (`keeping`), shown (`showing`)."""
