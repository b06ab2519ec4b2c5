"""`python -m touchline`: the command line, where the script is not on the path."""

from touchline.cli import main

if __name__ == "__main__":
    main()
