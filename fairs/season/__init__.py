"""The figures of programmes: of one, of its departments and campaigns, and of the years side by side."""
