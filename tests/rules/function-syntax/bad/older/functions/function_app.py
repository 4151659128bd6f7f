def kind(value):
    match value:
        case 1:
            return "one"
