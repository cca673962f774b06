"""The look of every page: shell, tokens of design, tags, shared partials and error pages."""
