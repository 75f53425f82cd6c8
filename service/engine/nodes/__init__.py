"""What the elements of a diagram do when a token reaches them, on SpiffWorkflow's task specifications."""
