// std::timed_mutex waits by pthread_mutex_clocklock, which this compiler's thread sanitizer does not know: it would take everything such a
// mutex guards for unguarded. It knows pthread_mutex_timedlock.
#ifdef __SANITIZE_THREAD__
#include <pthread.h>

#include <ctime>

extern "C" int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock,
                                       const timespec* until) {
  timespec now{}, real{};
  clock_gettime(clock, &now);
  clock_gettime(CLOCK_REALTIME, &real);
  real.tv_sec += until->tv_sec - now.tv_sec + 1;  // the nanoseconds rounded up
  return pthread_mutex_timedlock(mutex, &real);
}
#endif
