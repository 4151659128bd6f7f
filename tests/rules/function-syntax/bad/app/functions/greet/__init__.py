def main(request):
	if request:
        return 1
