#include "cli/run.h"

int main(int argc, char** argv) { return vermilion::cli::run(argc, argv); }
