#include "log/merkle.h"

#include "base/error.h"
#include "base/json.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::log;

namespace {

// RFC 6962 section 2.1 word for word, over leaf hashes.
Hash naive_root(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return leaves[begin];
  std::size_t k = 1;
  while (2 * k < end - begin) k *= 2;
  return node_hash(naive_root(leaves, begin, begin + k), naive_root(leaves, begin + k, end));
}

struct Tree {
  std::vector<Hash> leaves;

  explicit Tree(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      leaves.push_back(leaf_hash("第 " + std::to_string(i) + " 筆"));
  }
  [[nodiscard]] Hash root(std::size_t size) const { return naive_root(leaves, 0, size); }
  // Refuses to be asked for what a tile would not hold.
  [[nodiscard]] ReadHash reader(std::size_t size) const {
    return [this, size](unsigned level, std::uint64_t index) {
      const auto begin = static_cast<std::size_t>(index << level);
      const auto end = begin + (std::size_t{1} << level);
      if (end > size) throw std::logic_error("incomplete subtree");
      return naive_root(leaves, begin, end);
    };
  }
};

bool refused(const std::vector<Hash>& proof,
             const std::function<bool(const std::vector<Hash>&)>& holds) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto changed = proof;
    changed[i][i % 32] = static_cast<char>(changed[i][i % 32] ^ 4);
    if (holds(changed)) return false;
    changed = proof;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
    if (holds(changed)) return false;
  }
  auto longer = proof;
  longer.push_back(empty_root());
  return !holds(longer);
}

}  // namespace

TEST_CASE("merkle: the hashes are those of RFC 6962", "[log]") {
  CHECK(hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  // The 8-leaf tree of the Certificate Transparency test data.
  const std::vector<Bytes> entries = {
      "",
      Bytes(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  std::vector<Hash> leaves;
  for (const auto& entry : entries) leaves.push_back(leaf_hash(entry));
  const auto read = [&](unsigned level, std::uint64_t index) {
    return naive_root(leaves, static_cast<std::size_t>(index << level),
                      static_cast<std::size_t>((index + 1) << level));
  };
  CHECK(hex(root_hash(7, read)) ==
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  CHECK(hex(root_hash(8, read)) ==
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("merkle: every inclusion proof up to 70 entries holds, and no damaged one", "[log]") {
  const Tree tree(70);
  for (std::size_t size = 1; size <= 70; ++size) {
    const auto root = tree.root(size);
    CHECK(root_hash(size, tree.reader(size)) == root);
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, tree.reader(size));
      INFO(index << " of " << size);
      REQUIRE(inclusion_holds(tree.leaves[index], index, size, proof, root));
      if (size % 7 != 0 && size < 64) continue;
      REQUIRE_FALSE(inclusion_holds(tree.leaves[(index + 1) % 70], index, size, proof, root));
      REQUIRE((size == 1 ||
               !inclusion_holds(tree.leaves[index], (index + 1) % size, size, proof, root)));
      REQUIRE(refused(proof, [&](const auto& p) {
        return inclusion_holds(tree.leaves[index], index, size, p, root);
      }));
    }
  }
}

TEST_CASE("merkle: every consistency proof up to 70 entries holds, and no damaged one", "[log]") {
  const Tree tree(70);
  for (std::size_t size = 1; size <= 70; ++size) {
    const auto root = tree.root(size);
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const auto old_root = tree.root(old_size);
      const auto proof = consistency_proof(old_size, size, tree.reader(size));
      INFO(old_size << " to " << size);
      REQUIRE(consistency_holds(old_size, size, old_root, root, proof));
      REQUIRE_FALSE(consistency_holds(old_size, size, tree.leaves[3], root, proof));
      if (old_size == size) continue;
      REQUIRE_FALSE(consistency_holds(old_size, size, old_root, tree.leaves[3], proof));
      if (size % 7 != 0 && size < 64) continue;
      REQUIRE(refused(proof, [&](const auto& p) {
        return consistency_holds(old_size, size, old_root, root, p);
      }));
    }
  }
}

TEST_CASE("merkle: every tree extends the empty one, and none a longer one", "[log]") {
  const Tree tree(3);
  CHECK(consistency_holds(0, 3, empty_root(), tree.root(3), {}));
  CHECK(consistency_holds(0, 0, empty_root(), empty_root(), {}));
  CHECK_FALSE(consistency_holds(0, 3, tree.root(3), tree.root(3), {}));
  CHECK_FALSE(consistency_holds(0, 3, empty_root(), tree.root(3), {tree.root(1)}));
  CHECK_FALSE(consistency_holds(3, 2, tree.root(3), tree.root(2), {}));
  CHECK_FALSE(consistency_holds(1, 3, tree.root(1), tree.root(3), {}));
  CHECK(consistency_proof(0, 3, tree.reader(3)).empty());
}

TEST_CASE("merkle: a proof of what is not in the tree is not made", "[log]") {
  const Tree tree(3);
  CHECK_THROWS_WITH(inclusion_proof(3, 3, tree.reader(3)), Catch::Contains("bad-log-position"));
  CHECK_THROWS_WITH(consistency_proof(4, 3, tree.reader(3)), Catch::Contains("bad-log-position"));
}

TEST_CASE("merkle: the public inclusion vectors agree", "[log]") {
  const auto suite = shared_suite("merkle-inclusion");
  if (!suite) return;
  int count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(*suite)) {
    if (file.path().extension() != ".json") continue;
    const auto vector = Json::parse(file_bytes(file.path()));
    const auto bytes = [&](const Json& text) {
      return text.is_null() ? Bytes() : from_base64(text.get<std::string>()).value();
    };
    std::vector<Hash> proof;
    if (!vector["proof"].is_null()) {
      for (const auto& hash : vector["proof"]) proof.push_back(bytes(hash));
    }
    // Negative numbers of the suite cannot be said to this interface: they stand for positions that
    // are not there.
    const auto index = vector["leafIdx"].get<std::int64_t>();
    const auto size = vector["treeSize"].get<std::int64_t>();
    const bool holds =
        index >= 0 && size >= 0 &&
        inclusion_holds(bytes(vector["leafHash"]), static_cast<std::uint64_t>(index),
                        static_cast<std::uint64_t>(size), proof, bytes(vector["root"]));
    INFO(file.path());
    CHECK(holds == !vector["wantErr"].get<bool>());
    ++count;
  }
  CHECK(count == 98);
}
