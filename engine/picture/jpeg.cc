#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>  // jpeglib.h names FILE without including it

#include "picture/formats.h"

namespace vermilion::picture {
namespace {

struct Errors {
  jpeg_error_mgr base;
  std::jmp_buf leave;
};

[[noreturn]] void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<Errors*>(info->err)->leave, 1);
}

// Warnings are counted by the default for a negative level; nothing is printed.
void count_warning(j_common_ptr info, int level) {
  if (level < 0) ++info->err->num_warnings;
}

Verdict check_head(const jpeg_decompress_struct& info) {
  if (is_too_large(info.image_width, info.image_height)) return Verdict::too_large;
  const auto colours = info.jpeg_color_space;
  const bool known = colours == JCS_GRAYSCALE || colours == JCS_YCbCr || colours == JCS_RGB;
  return known ? Verdict::good : Verdict::colours;
}

// longjmp passes over this function: it may hold nothing that has to be destroyed.
Verdict read(jpeg_decompress_struct& info, std::string_view bytes, Pixels& pixels) {
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  const auto verdict = check_head(info);
  if (verdict != Verdict::good) return verdict;
  info.out_color_space = JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  const std::size_t row = std::size_t{info.output_width} * 3;
  pixels.width = info.output_width;
  pixels.height = info.output_height;
  pixels.rgb.resize(row * info.output_height);
  // Each warning means that something was guessed; a progressive picture could make of it an endless work.
  while (info.output_scanline < info.output_height && info.err->num_warnings == 0) {
    JSAMPROW line = pixels.rgb.data() + row * info.output_scanline;
    jpeg_read_scanlines(&info, &line, 1);
  }
  if (info.err->num_warnings != 0) return Verdict::damaged;
  jpeg_finish_decompress(&info);
  if (info.err->num_warnings != 0) return Verdict::damaged;
  return info.src->bytes_in_buffer == 0 ? Verdict::good : Verdict::more_behind;
}

}  // namespace

Verdict decode_jpeg(std::string_view bytes, Pixels& pixels) {
  if (!bytes.starts_with("\xff\xd8\xff")) return Verdict::other_kind;
  jpeg_decompress_struct info{};
  Errors errors{};
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.emit_message = count_warning;
  if (setjmp(errors.leave) != 0) {  // NOLINT(cert-err52-cpp): libjpeg has no other way out
    jpeg_destroy_decompress(&info);
    return Verdict::damaged;
  }
  jpeg_create_decompress(&info);
  const auto verdict = read(info, bytes, pixels);
  jpeg_destroy_decompress(&info);
  return verdict;
}

}  // namespace vermilion::picture
