"""What the services of channels ask of us, and what HR does with channels in the desk."""
