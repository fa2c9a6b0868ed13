"""Employee referrals beside ERPNext and HRMS. Importing this package imports nothing else."""

__version__ = "0.1.0"
