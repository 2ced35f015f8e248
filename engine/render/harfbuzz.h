// HarfBuzz's objects behind handles; no other header includes HarfBuzz.
#pragma once
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include "base/handle.h"

namespace vermilion::render::hb {

using Blob = Handle<hb_blob_t, hb_blob_destroy>;
using Buffer = Handle<hb_buffer_t, hb_buffer_destroy>;
using Face = Handle<hb_face_t, hb_face_destroy>;
using Font = Handle<hb_font_t, hb_font_destroy>;
using SubsetInput = Handle<hb_subset_input_t, hb_subset_input_destroy>;
using SubsetPlan = Handle<hb_subset_plan_t, hb_subset_plan_destroy>;

}  // namespace vermilion::render::hb
