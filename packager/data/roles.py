"""The built-in roles that rules ask for, by id.

From Azure's documentation of built-in roles, as the Marketplace's own samples and forms use them.
"""

ORIGIN = "Azure's documentation of built-in roles"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
USER_ACCESS_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
# Roles that let their holder give away roles.
GIVE_ACCESS = {OWNER: "Owner", USER_ACCESS_ADMINISTRATOR: "User Access Administrator"}
