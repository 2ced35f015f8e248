#include "markup/layout.h"

#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

TEST_CASE("front matter asks for a style and an orientation, and for nothing else", "[markup]") {
  const auto layout = layout_of(
      split_front_matter("---\nid: A\nstyle: official\norientation: landscape\n---\n甲").members);
  CHECK(layout.official);
  CHECK(layout.landscape);
  CHECK_FALSE(layout_of({{"style", "report"}}).official);
  CHECK_THROWS_AS(layout_of({{"style", "fancy"}}), Error);
  CHECK_THROWS_AS(layout_of({{"orientation", "橫"}}), Error);
  CHECK(layout_lines({{"id", "A"}, {"style", "official"}, {"orientation", "portrait"}}) ==
        "---\nstyle: official\n---\n");
  CHECK(layout_lines({{"id", "A"}}).empty());
}
