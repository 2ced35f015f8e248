// A part of a test in a process of its own. Begin it before any thread.
#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>

// What it writes to its end of the pipe is read from `reading`.
struct Child {
  pid_t process;
  int reading;
};

// `body` takes the writing end; what it throws is told and ends the child with 1.
template <typename Body>
Child start_child(Body body) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t process = ::fork();
  REQUIRE(process >= 0);
  if (process == 0) {
    ::close(ends[0]);
    int status = 0;
    try {
      body(ends[1]);
    } catch (const std::exception& error) {
      dprintf(2, "child: %s\n", error.what());
      status = 1;
    }
    ::_exit(status);
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

// Waits for it: its exit code, or 128 + the signal that ended it.
inline int end_of(const Child& child) {
  int status = 0;
  ::waitpid(child.process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
