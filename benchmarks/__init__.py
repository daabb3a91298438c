"""Programs that measure the workbench, and other systems beside it, on data that is given."""
