// What every page is given.
#pragma once

namespace attest::gui {

class JobQueue;
class Navigator;
class Settings;
class Store;
class Theme;

// Borrowed; all live on the GUI thread and outlive every widget.
struct AppContext {
    Store& store;
    Settings& settings;
    Theme& theme;
    Navigator& navigator;
    JobQueue& jobs;
};

} // namespace attest::gui
