"""Publishing: a finished zip to Partner Center or to a service catalogue, resumably, and never twice."""
