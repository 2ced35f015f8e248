// Small things that several pages show alike.
#pragma once
#include <functional>
#include <initializer_list>
#include <string>

#include "markup/document.h"
#include "markup/images.h"
#include "web/visit.h"

namespace vermilion::web {

// Adds state_label (現行) to a row with a state, of a document, record or disposal.
void label_state(Json& row);
// Adds at_text and role_label to each signature.
void label_signatures(Visit& visit, Json& signatures);
// The text of a document under the heading of its page: headings one level down, tables in regions that scroll by themselves, charts as
// pictures from where `address_of` says; without, words stand for them.
[[nodiscard]] std::string text_html(
    markup::Document document,
    const markup::AddressOf& address_of = [](const std::string&) { return std::nullopt; });
// The pictures of a version: `files` as show_document tells them.
[[nodiscard]] markup::AddressOf pictures_of(const Visit& visit, const std::string& id,
                                            const std::string& version, const Json& files);
[[nodiscard]] std::string file_link(const std::string& id, const std::string& version,
                                    const std::string& name);
[[nodiscard]] std::string text_html(const std::string& markdown);
// Its charts alone; "" without any.
[[nodiscard]] std::string charts_html(const std::string& markdown);
// "/documents/ISMS-01-002?version=1.1#c-肆-八", encoded.
[[nodiscard]] std::string document_link(const std::string& id, const std::string& version = "",
                                        const std::string& clause = "");
// The usual end of a deed on a page: on to `next`, also after signing in the browser; or the page again, with what stood against it.
[[nodiscard]] Response after_deed(Visit& visit, const std::string& next,
                                  const std::function<Response(Visit&, const Error*)>& page,
                                  const std::function<void()>& deed);
// Adds typed_<field> for each: what the form had, to stand there again beside an error.
void add_typed(Visit& visit, Json& data, std::initializer_list<const char*> fields);
// Whom the reader acts for on this page, as its address or its form says: an account; "" himself.
[[nodiscard]] std::string principal_here(const Visit& visit);
// A command line for persons whose key is in a file of their own.
[[nodiscard]] std::string command_line(const Visit& visit, const std::string& command);
[[nodiscard]] const char* custody_label(const std::string& custody);  // of a certificate's key
[[nodiscard]] std::string short_digest(const std::string& digest);

}  // namespace vermilion::web
